import common from 'messages/common'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from './Button.tsx'

export interface DialogProps {
  title: string
  open: boolean
  onClose: () => void
  children: ComponentChildren
  /** Without it there is a Close at the end; `null` for none. */
  closeLabel?: string | null
}

/** A native dialog over the screen: Escape closes it, and the focus returns to where it was. */
export function Dialog({ title, open, onClose, children, closeLabel = common.close }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal()
    if (!open) dialog.current?.close()
  }, [open])
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby={heading} onClose={() => open && onClose()}>
      {open && (
        <div class="dialog-body">
          <h2 id={heading}>{title}</h2>
          {children}
          {closeLabel !== null && (
            <Button kind="plain" onClick={onClose}>
              {closeLabel}
            </Button>
          )}
        </div>
      )}
    </dialog>
  )
}
