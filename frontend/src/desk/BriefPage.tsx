import words from 'messages/desk'
import { useEffect, useRef } from 'preact/hooks'
import { clock, longDay } from '../elements/when.ts'
import { fill, plural } from '../text.ts'
import { Changes } from './Changes.tsx'
import { Cut } from './Cut.tsx'
import type { BriefFound } from './data.ts'
import { Bothered, Detachment, FirstTime } from './Felt.tsx'
import { Moods } from './Moods.tsx'
import { Opened } from './Opened.tsx'
import { FULL, PRINTED, planOf, roomOf } from './paper.ts'
import { metWords, newsOf, sectionWords, sinceTitle, visitDay, visitLine } from './say.ts'
import { Sources, Totals } from './Totals.tsx'

const { brief: says } = words

export type PageProps = BriefFound & { id: string }

/** The page itself: all of it on a screen, and one sheet of paper. What there is nothing to say of is not there. */
export function BriefPage(props: PageProps) {
  const { ask = '', breakthrough, session } = props.brief
  const quotes = breakthrough?.lines.map(({ text }) => text) ?? []
  const plan = planOf(ask, quotes, roomOf(props.brief))
  return (
    <article class="brief">
      <div class="brief-body">
        <Head {...props} />
        {ask && (
          <section class="brief-ask">
            <h2>{says.ask}</h2>
            <p class="told">
              <Cut text={ask} lines={plan.ask} perLine={FULL} mark={says.moreAsk} />
            </p>
          </section>
        )}
        <Since {...props} />
        {session ? <Session {...props} /> : <p>{props.brief.apart ? says.noSession : says.nothing}</p>}
        <Opened {...props} plan={plan} />
        {!session && <Totals {...props} />}
      </div>
      <footer class="brief-foot">
        <Sources instruments={props.brief.instruments} />
        <p>{says.footer}</p>
      </footer>
    </article>
  )
}

function Session(props: PageProps) {
  return (
    <>
      <div class="brief-pair">
        <div class="stack">
          <Changes {...props} />
          <FirstTime {...props} />
          <Detachment {...props} />
        </div>
        <Moods {...props} />
      </div>
      <div class="brief-pair">
        <Bothered {...props} />
        <Totals {...props} />
      </div>
    </>
  )
}

/** Which session, and on what terms it is read. The name stands above as the heading of the screen. */
function Head({ brief, lexicon }: PageProps) {
  const { share, session } = brief
  const printed = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const stamp = () => {
      printed.current!.textContent = fill(says.printed, { time: `${longDay(here())}, ${clock(here())}` })
    }
    stamp()
    addEventListener('beforeprint', stamp)
    return () => removeEventListener('beforeprint', stamp)
  }, [])
  const terms = [
    `${says.shared}: ${sectionWords(share, words)}`,
    share.until && lowered(fill(words.until, { day: longDay(share.until) })),
    share.what_for && fill(says.whatFor, { text: share.what_for }),
    metWords(share, words),
  ].filter(Boolean)
  return (
    <header class="brief-head">
      <p class="brief-visit">
        <span>{session && visitLine(session, lexicon)}</span>
        <span class="only-printed small" ref={printed} />
      </p>
      <p class="soft small three-lines">{terms.join(' \u00b7 ')}</p>
      {brief.unopened > 0 && <p class="only-printed">{plural(says.unopened, brief.unopened)}</p>}
    </header>
  )
}

const here = () => new Date().toISOString()
const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

function Since({ id, brief, lexicon }: PageProps) {
  const news = newsOf(brief, lexicon, words)
  return (
    <section class="brief-since">
      <h2>{sinceTitle(brief.share, words)}</h2>
      {news.length === 0 && <p class="soft">{says.nothingSince}</p>}
      <ul class="plain">
        {news.map(({ session, says: what }, place) => (
          <li key={session?.id ?? ''} class={place < PRINTED.news ? 'one-line' : 'not-printed'}>
            <a href={session ? `/desk/${id}/sessions/${session.id}` : `/desk/${id}/apart`}>
              {session ? visitDay(session) : says.apart}
            </a>
            : {what}
          </li>
        ))}
      </ul>
      {news.length > PRINTED.news && <p class="only-printed soft">{says.more}</p>}
    </section>
  )
}
