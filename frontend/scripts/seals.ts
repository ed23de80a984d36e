/** Seals or opens what stands on stdin, as JSON with every value in hex, so that other implementations can be held
 * against this one:
 *
 *   {account, device, public_identity, device_key, documents: [{deposit, document}]}          -> {blobs: [...]}
 *   {open: true, deposit_secret, account, device, device_key, blobs: [{deposit, blob}]}       -> {documents: [...]}
 *
 * A document is opened only if everything about its seal is as it must be; the first that is not ends the program. */
import { fromHex, toHex } from '../src/offline/bytes.ts'
import { importDeviceKey, readIdentity, sealText } from '../src/offline/sealing.ts'
import { open } from './opening.ts'

interface Asked {
  open?: true
  account: string
  device: string
  device_key: string
  public_identity?: string
  documents?: { deposit: string; document: string }[]
  deposit_secret?: string
  blobs?: { deposit: string; blob: string }[]
}

const asked: Asked = JSON.parse(await new Response(process.stdin as never).text())
const account = fromHex(asked.account)
const device = fromHex(asked.device)

async function sealAll(): Promise<string[]> {
  const { key: recipient } = await readIdentity(fromHex(asked.public_identity!), account)
  const deviceKey = await importDeviceKey(fromHex(asked.device_key))
  const sealed = asked.documents!.map(async ({ deposit, document }) => {
    const place = { account, device, deposit: fromHex(deposit) }
    return toHex(await sealText(fromHex(document), { recipient, deviceKey, place }))
  })
  return Promise.all(sealed)
}

async function openAll(): Promise<string[]> {
  const [secret, deviceKey] = [fromHex(asked.deposit_secret!), fromHex(asked.device_key)]
  const opened = asked.blobs!.map(async ({ deposit, blob }) => {
    const place = { account, device, deposit: fromHex(deposit) }
    return toHex(await open(fromHex(blob), { secret, deviceKey, place }))
  })
  return Promise.all(opened)
}

console.log(JSON.stringify(asked.open ? { documents: await openAll() } : { blobs: await sealAll() }))
