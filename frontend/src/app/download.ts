/** Offers something as a file; it leaves this page only for the device's own disk. */
export function download(name: string, content: string | Blob): void {
  const link = document.createElement('a')
  const file = typeof content === 'string' ? new Blob([content], { type: 'text/plain' }) : content
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

const NAME = /filename="?([\w.-]+)"?/
const NEUTRAL = /^[a-z]+-\d{4}-\d\d-\d\d(\.[a-z]+)+$/

/** The name a file is offered under: the server's, as long as it says no more than what day it was made. */
export const nameOf = ({ headers }: Pick<Response, 'headers'>, extension: string): string =>
  neutral(NAME.exec(headers.get('Content-Disposition') ?? '')?.[1] ?? '', extension)

export const neutral = (name: string, extension: string): string =>
  NEUTRAL.test(name) ? name : `journal.${extension}`
