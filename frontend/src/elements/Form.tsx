import type { ComponentChildren } from 'preact'

/** Fields that are sent together, by a button of theirs or by Enter. A button outside of it names it by `form`. */
export function Form({
  id,
  onSubmit,
  children,
}: {
  id: string
  onSubmit: () => void
  children: ComponentChildren
}) {
  return (
    <form
      id={id}
      class="stack loose"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
