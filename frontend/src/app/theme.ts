/** The chosen look. It is kept in this browser alone; public/theme.js applies it before the first paint. */
export type Theme = 'system' | 'dark' | 'light'

const KEY = 'theme'

export const theme = (): Theme => {
  const chosen = localStorage.getItem(KEY)
  return chosen === 'dark' || chosen === 'light' ? chosen : 'system'
}

export function choose(chosen: Theme): void {
  if (chosen === 'system') {
    localStorage.removeItem(KEY)
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem(KEY, chosen)
    document.documentElement.dataset.theme = chosen
  }
}
