import { createAuthClient } from 'better-auth/client'
import { passkeyClient } from '@better-auth/passkey/client'

const client = () => createAuthClient({ baseURL: location.origin, plugins: [passkeyClient()] })

/** Signs in with a passkey of this device; false when the person stopped or none fits. */
export async function signInWithPasskey(): Promise<boolean> {
	const answer = await client().signIn.passkey()
	return Boolean(answer?.data) && !answer.error
}

/** Makes a passkey on this device for the account that is signed in. */
export async function addPasskey(name: string): Promise<boolean> {
	const answer = await client().passkey.addPasskey({ name })
	return !answer?.error
}
