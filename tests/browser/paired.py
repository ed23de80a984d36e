"""A phone that is kept: paired over the API from its own page, as the settings do."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.phone import Phone

# What `offline/pairing.ts` does with the answer, done from outside the app.
PAIR = """async () => {
  const answer = await fetch('/api/v1/devices', {
    method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' },
  })
  if (answer.status !== 201) throw new Error(await answer.text())
  const { account_id: account, device, token, device_key, public_identity } = await answer.json()
  const raw = (text) => Uint8Array.from(
    atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  const body = raw(public_identity).slice(0, -64)
  const label = new TextEncoder().encode('shoreline/v1/fingerprint\\0')
  const fingerprint = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...label, ...body])))
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const deviceKey = await crypto.subtle.importKey('raw', raw(device_key), hmac, false, ['sign'])
  const store = await new Promise((resolve, reject) => {
    const request = indexedDB.open('shoreline', 1)
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of [['pairings', 'account'], ['items', 'id'], ['seals', null], ['state', null]]) {
        request.result.createObjectStore(name, { keyPath })
      }
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  await new Promise((resolve, reject) => {
    const transaction = store.transaction(['pairings', 'state'], 'readwrite')
    const recipient = body.slice(26, 58)
    const row = { account, device: device.id, token, recipient, fingerprint, deviceKey }
    transaction.objectStore('pairings').put(row)
    transaction.objectStore('state').put({ current: account, owner: account }, 'now')
    transaction.oncomplete = resolve
    transaction.onabort = () => reject(transaction.error)
  })
  store.close()
  return { device: device.id, account, token }
}"""

ITEMS = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open('shoreline', 1)
  request.onerror = () => reject(request.error)
  request.onsuccess = () => {
    const all = request.result.transaction('items').objectStore('items').getAll()
    all.onsuccess = () => { request.result.close(); resolve(all.result) }
    all.onerror = () => reject(all.error)
  }
})"""


def keep_this_phone(phone: Phone) -> dict[str, str]:
    """Pair it with whoever is signed in; what the page was told."""
    phone.open("/settings").sees("Settings")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    phone.page.wait_for_timeout(300)
    told: dict[str, str] = phone.page.evaluate(PAIR)
    return told


def sign_out(phone: Phone) -> Phone:
    """The sign-in is gone from this phone, and the app knows it."""
    phone.context.clear_cookies()
    phone.page.evaluate("localStorage.removeItem('signed-in')")
    return phone


def held(phone: Phone) -> list[dict[str, Any]]:
    """What the phone itself knows of its items."""
    found: list[dict[str, Any]] = phone.page.evaluate(ITEMS)
    return found


def says(phone: Phone, where: str) -> Phone:
    """Wait until the line of the question says where the answers are."""
    expect(phone.page.locator(".waterline")).to_contain_text(where)
    return phone
