/** Which route an address belongs to. Pure, so that it can be tested without a browser. */

export interface Matched<R> {
  route: R
  parameters: Record<string, string>
}

/** `{name}` in a path stands for one part of the address. */
export function match<R extends { path: string }>(
  routes: readonly R[],
  address: string,
): Matched<R> | undefined {
  const parts = split(address)
  for (const route of routes) {
    const parameters = fit(split(route.path), parts)
    if (parameters) return { route, parameters }
  }
  return undefined
}

const split = (path: string): string[] => path.split('/').filter(Boolean)

function fit(pattern: string[], parts: string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const given = parts[index]!
    if (part.startsWith('{')) parameters[part.slice(1, -1)] = decoded(given)
    else if (part !== given) return undefined
  }
  return parameters
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
