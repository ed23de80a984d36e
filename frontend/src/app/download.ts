/** Offers something as a file; it leaves this page only for the device's own disk. */
export function download(name: string, content: string | Blob): void {
  const link = document.createElement('a')
  const file = typeof content === 'string' ? new Blob([content], { type: 'text/plain' }) : content
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
