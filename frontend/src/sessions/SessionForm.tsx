import common from 'messages/common'
import words from 'messages/sessions'
import { useState } from 'preact/hooks'
import { type Course, type DosingSession, get, Problem, put, type SessionDraft } from '../api/index.ts'
import { Loaded, useLoaded } from '../app/Loaded.tsx'
import { back, go } from '../app/router.ts'
import type { ScreenRoute } from '../app/routes.ts'
import { FormFailure, useSending } from '../app/useSending.tsx'
import type { Lexicon } from '../catalogue/lexicon.ts'
import { Button, Form, Screen } from '../elements/index.ts'
import { atOffset, deviceZone, now } from '../elements/when.ts'
import { keep, letGo, unsaved } from '../unsaved/index.ts'
import { draftOf, etagOf, fetchCourses, fetchLexicon } from './data.ts'
import { draftFrom, faultsIn, NEW_COURSE, type Values, valuesOf } from './form.ts'
import { SessionFields } from './SessionFields.tsx'
import { versionOfSession } from './say.ts'
import { asUsual } from './usual.ts'
import { Versions } from './Versions.tsx'

/** What is being written, in memory until it is kept or discarded. */
interface Writing {
  id: string
  before: SessionDraft
  etag: string | undefined
  values: Values
}

interface Found extends Writing {
  courses: readonly Course[]
  lexicon: Lexicon
}

/** A new session, or the facts of one. */
export function SessionFormScreen({ parameters }: ScreenRoute) {
  const loaded = useLoaded(() => begin(parameters.id), [parameters.id])
  if (loaded.data) return <Filling found={loaded.data} fresh={parameters.id === undefined} />
  return (
    <Screen title={parameters.id ? words.form.edit : words.form.new} back={() => back('/sessions')}>
      <Loaded of={loaded}>{() => null}</Loaded>
    </Screen>
  )
}

const keyOf = (id: string | undefined) => `session facts ${id ?? NEW_COURSE}`

async function begin(id: string | undefined): Promise<Found> {
  const [writing, courses, lexicon] = await Promise.all([
    unsaved<Writing>(keyOf(id)) ?? (id ? fetchOne(id) : beginNew()),
    fetchCourses(),
    fetchLexicon(),
  ])
  return { ...writing, courses, lexicon }
}

async function fetchOne(id: string): Promise<Writing> {
  const { data } = await get('/sessions/{row_id}', { path: { row_id: id } })
  const before = draftOf(data)
  return { id, before, etag: etagOf(data), values: valuesOf(before) }
}

const HOUR = 3_600_000

async function beginNew(): Promise<Writing> {
  const at = new Date(Math.floor(Date.now() / HOUR) * HOUR)
  const ratings = { happened_at: atOffset(at), time_zone: deviceZone(), written_at: now() }
  const before = await asUsual({ ratings })
  return { id: crypto.randomUUID(), before, etag: undefined, values: valuesOf(before) }
}

function Filling({ found, fresh }: { found: Found; fresh: boolean }) {
  const { id, before, lexicon } = found
  const key = keyOf(fresh ? undefined : id)
  const [etag, setEtag] = useState(found.etag)
  const [checked, setChecked] = useState(false)
  const [other, setOther] = useState<{ stored: DosingSession | undefined; etag: string | undefined }>()
  const sending = useSending()
  const values = unsaved<Writing>(key)?.values ?? found.values
  const set = (change: Partial<Values>) => {
    const { courses: _, lexicon: __, ...writing } = found
    keep(key, { ...writing, etag, values: { ...values, ...change } } satisfies Writing)
  }
  const leave = () => {
    letGo(key)
    go(`/sessions/${id}`, { instead: true })
  }
  const save = async (ifMatch = etag) => {
    setChecked(true)
    if (Object.keys(faultsIn(values)).length) return
    await sending.run(async () => {
      try {
        await put('/sessions/{row_id}', { path: { row_id: id }, body: await told(values, before), ifMatch })
        leave()
      } catch (failure) {
        if (!(failure instanceof Problem) || failure.status !== 412) throw failure
        setOther({ stored: failure.members.current as DosingSession | undefined, etag: failure.etag })
      }
    })
  }
  if (other) {
    const keepMine = () => {
      setEtag(other.etag)
      setOther(undefined)
      save(other.etag)
    }
    return (
      <Versions
        mine={versionOfSession(draftFrom(values, before, courseIn(values)), lexicon, words)}
        other={other.stored && versionOfSession(draftOf(other.stored), lexicon, words)}
        onMine={keepMine}
        onOther={leave}
        onBack={() => setOther(undefined)}
      />
    )
  }
  return (
    <Screen
      title={fresh ? words.form.new : words.form.edit}
      back={() => back('/sessions')}
      action={
        <Button kind="primary" full form="session" busy={sending.busy}>
          {common.save}
        </Button>
      }
    >
      <Form id="session" onSubmit={() => save()}>
        <SessionFields
          fresh={fresh}
          values={values}
          set={set}
          faults={checked ? faultsIn(values) : {}}
          catalogue={lexicon.catalogue}
          courses={found.courses}
        />
        <FormFailure of={sending} />
        {unsaved(key) !== undefined && (
          <div>
            <Button
              kind="plain"
              onClick={() => {
                letGo(key)
                back('/sessions')
              }}
            >
              {words.form.discard}
            </Button>
          </div>
        )}
      </Form>
    </Screen>
  )
}

const courseIn = ({ course }: Values): string | undefined =>
  course && course !== NEW_COURSE ? course : undefined

/** What is sent; a new course is kept first. */
async function told(values: Values, before: SessionDraft): Promise<SessionDraft> {
  if (values.course !== NEW_COURSE) return draftFrom(values, before, courseIn(values))
  const id = crypto.randomUUID()
  const planned = values.plannedSessions && { planned_sessions: Number(values.plannedSessions) }
  await put('/courses/{row_id}', {
    path: { row_id: id },
    body: { ratings: { ...planned }, story: { name: values.courseName } },
  })
  return draftFrom(values, before, id)
}
