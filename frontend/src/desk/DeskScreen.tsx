import words from 'messages/desk'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { Button, Icon, Notice, Screen } from '../elements/index.ts'
import { longDay } from '../elements/when.ts'
import { fill } from '../text.ts'
import { type DeskShare, fetchDesk, isOpen, type OpenShare } from './data.ts'
import { NotWatched } from './Lent.tsx'
import { metWords, newWords, reviewedWords, sectionWords } from './say.ts'

/** Everybody who shares, in the order of the server: what is newest and unread first. */
export function DeskScreen() {
  const desk = useLoaded(fetchDesk)
  return (
    <Screen title={words.title} wide>
      <NotWatched />
      <Loaded of={desk}>
        {({ shares, own_key_differs }) => (
          <>
            {own_key_differs && <KeyDiffers />}
            {shares.length ? <Shares shares={shares} /> : <Empty />}
          </>
        )}
      </Loaded>
    </Screen>
  )
}

const KeyDiffers = () => (
  <Notice amber title={words.keyDiffers}>
    <p>{words.keyDiffersDetail}</p>
  </Notice>
)

function Empty() {
  return (
    <div class="stack loose">
      <div class="stack tight">
        <p class="lead">{words.empty}</p>
        <p class="soft">{words.emptyDetail}</p>
      </div>
      <ShowCode first />
    </div>
  )
}

const ShowCode = ({ first }: { first?: boolean }) => (
  <div>
    <Button kind={first ? 'primary' : 'quiet'} href="/desk/card">
      {words.showCode}
    </Button>
  </div>
)

function Shares({ shares }: { shares: readonly DeskShare[] }) {
  return (
    <>
      <ul class="list plain" aria-label={words.patients}>
        {shares.map((share) => (
          <li key={share.id}>{isOpen(share) ? <Row share={share} /> : <Closed />}</li>
        ))}
      </ul>
      <ShowCode />
    </>
  )
}

function Row({ share }: { share: OpenShare }) {
  return (
    <a class="list-link desk-row" href={`/desk/${share.id}`}>
      <span>
        <b class="desk-name">{share.patient}</b>
        {share.what_for && <span class="below soft">{share.what_for}</span>}
        {share.ask && (
          <span class="below desk-ask">
            <Icon name="message" /> {words.asks}
          </span>
        )}
      </span>
      <span>
        {share.new ? <b class="desk-new">{newWords(share.new, words)}</b> : newWords(0, words)}
        <span class="below soft">{reviewedWords(share, words)}</span>
      </span>
      <span>
        {fill(words.until, { day: longDay(share.until) })}
        <span class="below soft">
          {metWords(share, words)}; {sectionWords(share, words)}
        </span>
      </span>
      <Icon name="on" />
    </a>
  )
}

const Closed = () => (
  <div class="list-link desk-closed">
    <Icon name="attention" />
    <span>
      {words.doesNotOpen}
      <span class="below soft">{words.doesNotOpenDetail}</span>
    </span>
  </div>
)
