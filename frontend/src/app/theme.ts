/** The chosen look. It is kept in this browser alone; public/theme.js applies it before the first paint. */
export type Theme = 'system' | 'dark' | 'light'

const KEY = 'theme'

export const theme = (): Theme => {
  const chosen = localStorage.getItem(KEY)
  return chosen === 'dark' || chosen === 'light' ? chosen : 'system'
}

export function choose(chosen: Theme): void {
  if (chosen === 'system') localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, chosen)
  applyTheme()
}

/** On the page, and on the frame the system draws around it. */
export function applyTheme(): void {
  const chosen = theme()
  if (chosen === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
  for (const frame of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = frame.dataset.theme
    if (chosen === 'system') frame.media = `(prefers-color-scheme: ${own})`
    else frame.media = own === chosen ? 'all' : 'not all'
  }
}
