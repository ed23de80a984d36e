/** Puts values into the places `{name}` of a message. An unknown place stays visible, so that it is noticed. */
export function fill(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}

/** The wording of a message for a count, by the plural rules of the language; `{count}` is filled in. */
export function plural(
  message: { one?: string; few?: string; many?: string; other: string },
  count: number,
): string {
  const rule = new Intl.PluralRules(document.documentElement.lang || 'en').select(count)
  const forms: Partial<Record<Intl.LDMLPluralRule, string>> = message
  return fill(forms[rule] ?? message.other, { count })
}
