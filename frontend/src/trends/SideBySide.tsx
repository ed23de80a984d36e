import messages from 'messages/trends'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Table } from '../elements/index.ts'
import { fill } from '../text.ts'
import { Curve } from './Curve.tsx'
import { Dumbbells, openedPairs, type Pair, pairsOf } from './Dumbbells.tsx'
import type { Comparison } from './data.ts'
import { MoodTable } from './Mood.tsx'
import { Told } from './Opened.tsx'
import { Part } from './Part.tsx'
import { sessionName } from './phrases.ts'
import { SessionLink } from './Sessions.tsx'
import { Shape } from './Shape.tsx'
import { reach } from './scale.ts'
import { WithTable } from './WithTable.tsx'

export interface SideBySideProps {
  comparison: Comparison
  words: Lexicon
}

/** Two sessions next to each other, in the order they were chosen. */
export function SideBySide({ comparison, words }: SideBySideProps) {
  const pairs = pairsOf(comparison, words)
  const names = [sessionName(comparison.first), sessionName(comparison.second)]
  const lists = [
    ['noticed', words.list('noticed')],
    ['bothered', words.list('bothered')],
    ['items', messages.onceTitle],
  ] as const
  return (
    <>
      <ul class="plain compare-heads stack tight">
        <li>
          <Shape /> <SessionLink session={comparison.first} words={words} />
        </li>
        <li>
          <Shape filled /> <SessionLink session={comparison.second} words={words} />
        </li>
      </ul>
      <BothMoods comparison={comparison} words={words} />
      {lists
        .map(([list, title]) => ({ title, pairs: pairs.filter((pair) => pair.list === list) }))
        .filter((of) => of.pairs.length)
        .map((of) => (
          <Part key={of.title} title={of.title}>
            <Pairs {...of} names={names} />
          </Part>
        ))}
      <OnlyIn comparison={comparison} words={words} names={names} />
      <BothOpened comparison={comparison} words={words} names={names} />
    </>
  )
}

function BothMoods({ comparison: { first, second, mood }, words }: SideBySideProps) {
  const [one, other] = [mood.first ?? [], mood.second ?? []]
  const told = [
    { session: first, points: one },
    { session: second, points: other },
  ]
  if (!one.length && !other.length) return <Part title={messages.views.mood.tab}>{messages.nothing}</Part>
  return (
    <Part title={messages.views.mood.tab}>
      <WithTable of={messages.views.mood.tab} table={() => <MoodTable told={told} words={words} />}>
        <Curve
          points={other}
          span={reach([...one, ...other].map(({ hours }) => hours))}
          name={sessionName(second)}
          other={{ points: one, name: sessionName(first) }}
        />
        <p class="soft small">{messages.curveMeaning}</p>
      </WithTable>
    </Part>
  )
}

interface PairsProps {
  title: string
  pairs: readonly Pair[]
  names: readonly string[]
}

function Pairs({ title, pairs, names }: PairsProps) {
  if (!pairs.length) return null
  const table = () => (
    <Table
      caption={title}
      columns={[messages.sensationColumn, ...names]}
      rows={pairs.map(({ label, said }) => [label, ...said])}
    />
  )
  return (
    <WithTable of={title} table={table}>
      <Dumbbells pairs={pairs} />
    </WithTable>
  )
}

type Named = SideBySideProps & { names: readonly string[] }

function OnlyIn({ comparison: { new_in_second, only_in_first }, words, names }: Named) {
  const lists = [only_in_first, new_in_second]
  if (!lists.some((terms) => terms.length)) return null
  return (
    <Part title={messages.onlyTitle}>
      <dl class="stack tight">
        {lists.map((terms, turn) => (
          <div key={names[turn]}>
            <dt>{fill(messages.onlyIn, { session: names[turn]! })}</dt>
            <dd>{terms.map((term) => words.label(term)).join(', ') || messages.none}</dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}

function BothOpened({ comparison: { first, second, breakthroughs }, words, names }: Named) {
  if (!breakthroughs.first && !breakthroughs.second) return null
  const told = [
    [first, breakthroughs.first],
    [second, breakthroughs.second],
  ] as const
  return (
    <Part title={messages.views.opened.title}>
      <Pairs title={messages.views.opened.title} pairs={openedPairs(breakthroughs, words)} names={names} />
      <ul class="plain beside">
        {told.map(([session, found]) => (
          <li class="stack tight" key={session.id}>
            <h3>{sessionName(session)}</h3>
            <Told found={found} words={words} />
          </li>
        ))}
      </ul>
    </Part>
  )
}
