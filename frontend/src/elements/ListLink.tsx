import { Icon } from './icons.tsx'

/** One way on in a list of ways: its name, and quietly what more there is to say of it. */
export function ListLink({ to, name, more }: { to: string; name?: string; more?: string }) {
  return (
    <li>
      <a class="list-link" href={to}>
        <span>
          {name}
          {more && <span class="soft below"> {more}</span>}
        </span>
        <Icon name="on" />
      </a>
    </li>
  )
}
