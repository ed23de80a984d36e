import type { Catalogue, Item, Option, Term } from './types.ts'

interface Own {
  id: string
  ratings: { list: string }
  story?: { label?: string }
}

/** What the catalogue and the patient call things, found by id. An id nobody knows any more is shown as it is. */
export class Lexicon {
  readonly catalogue: Catalogue
  private readonly terms: ReadonlyMap<string, Term>
  private readonly items: ReadonlyMap<string, Item>
  private readonly own: ReadonlyMap<string, string>

  constructor(catalogue: Catalogue, additions: readonly Own[]) {
    this.catalogue = catalogue
    this.terms = new Map(catalogue.terms.map((term) => [term.id, term]))
    this.items = new Map(catalogue.items.map((item) => [item.id, item]))
    this.own = new Map(additions.map(({ id, story }) => [`own.${id}`, story?.label ?? '']))
  }

  term = (id: string): Term | undefined => this.terms.get(id)
  item = (id: string): Item | undefined => this.items.get(id)

  /** The name of a term, an item or a sensation of the patient's own. */
  label(id: string): string {
    return (this.terms.get(id) ?? this.items.get(id))?.label ?? this.own.get(id) ?? this.group('own')
  }

  group = (id: string): string => named(this.catalogue.groups, id)
  passed = (id: string): string => named(this.catalogue.passed, id)
  moment = (id: string): string => named(this.catalogue.moments, id)
  prompt = (id: string): string => named(this.catalogue.prompts, id)
  list = (id: string): string => named(this.catalogue.lists, id)
  /** What a list says when nothing of it was so. */
  nothing = (id: string): string => this.catalogue.lists.find((list) => list.id === id)?.none ?? id
  route = (id: string | undefined): string | undefined => id && named(this.catalogue.routes, id)
  letter = (id: string | undefined): string =>
    this.catalogue.routes.find((route) => route.id === id)?.letter ?? ''
  valence = (value: number): string =>
    this.catalogue.valence.find((option) => option.value === value)?.label ?? String(value)
  instrument = (id: string) => this.catalogue.instruments.find((instrument) => instrument.id === id)
  question = (detail: string): string =>
    this.catalogue.details.find(({ id }) => id === detail)?.question ?? detail

  opened = (id: string): string => named(this.item('brk.opened')?.options, id)

  /** Words for directions, places on the body and aspects of a term. */
  choices(termId: string, kind: 'direction' | 'where' | 'aspects', ids: readonly string[]): string[] {
    const term = this.terms.get(termId)
    const options = kind === 'direction' ? term?.directions : term?.[kind]
    return ids.map((id) => named(options, id))
  }

  dose(dose: { amount?: number; unit: string } | undefined): string | undefined {
    return dose?.amount === undefined
      ? undefined
      : `${dose.amount} ${named(this.catalogue.dose_units, dose.unit)}`
  }
}

const named = (options: readonly Option[] | undefined, id: string): string =>
  options?.find((option) => option.id === id)?.label ?? id
