/** The people of Help, kept on this phone so that they show without a connection: only if the patient turned it on. */
import type { RegionId, Settings } from '../api/index.ts'

export interface People {
  own_contact?: { name: string; phone: string }
  clinic?: { name: string; phone: string }
  region?: RegionId
}

const KEY = 'help-people'

export const peopleIn = ({ own_contact, clinic, region }: Settings): People => ({
  own_contact,
  clinic,
  region,
})

export function phonePeople(): People | undefined {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

export const keepOnPhone = (people: People): void => localStorage.setItem(KEY, JSON.stringify(people))
export const forgetPhone = (): void => localStorage.removeItem(KEY)
