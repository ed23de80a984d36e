/** Reading what is shared, for a screen. */
import { get } from '../api/index.ts'
import { fetchSessions } from '../sessions/data.ts'
import type { Reader } from './readers.ts'
import type { Days } from './say.ts'
import type { Pin, Share, ShareDetail, Shares, WaitingShare } from './types.ts'

export const fetchShares = async (): Promise<Shares> => (await get('/shares')).data

export const fetchPins = async (): Promise<Pin[]> => (await get('/pins')).data.pins

export const fetchShare = async (share_id: string): Promise<ShareDetail> =>
  (await get('/shares/{share_id}', { path: { share_id } })).data

export const fetchWaiting = async (): Promise<WaitingShare[]> => (await get('/shares/waiting')).data.shares

/** When each session was. */
export const fetchDays = async (): Promise<Days> =>
  new Map((await fetchSessions()).rows.map(({ id, ratings }) => [id, ratings.happened_at]))

export const isLive = ({ state }: Share): boolean => state === 'live'

/** Somebody with whom something can be shared. */
export const canReceive = ({ key_differs, left }: Pin): boolean => !key_differs && !left

/** Everybody who can read something now. */
export const fetchReaders = async (): Promise<Reader[]> =>
  (await fetchShares()).shares
    .filter((share) => isLive(share) && share.lent > 0)
    .map(({ reviewer, lent_check_ins }) => ({ name: reviewer?.name ?? '', lent: lent_check_ins }))
