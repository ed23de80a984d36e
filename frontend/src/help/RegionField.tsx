import words from 'messages/help'
import type { RegionId } from '../api/index.ts'
import type { Region } from '../catalogue/index.ts'
import { Select } from '../elements/Select.tsx'

export interface RegionFieldProps {
  regions: readonly Region[]
  value: RegionId | undefined
  onChange: (region: RegionId | undefined) => void
}

/** Where the patient lives, for the numbers to call. */
export function RegionField({ regions, value, onChange }: RegionFieldProps) {
  return (
    <Select
      label={words.region}
      value={value ?? ''}
      onChange={(region) => onChange(region || undefined)}
      options={[{ id: '' as const, label: words.regionUnset }, ...regions]}
    />
  )
}

/** A first guess from the languages of the browser, such as en-GB. */
export function guessRegion(regions: readonly Region[], languages: readonly string[] = navigator.languages) {
  const places = languages.map((language) => language.split('-').pop()?.toUpperCase())
  return regions.find((region) => places.includes(region.id))?.id
}
