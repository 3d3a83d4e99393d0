import type { Database } from '#database'
import type { LoadedRegion } from '#atlas/server'
import type { CommunitiesTables } from '#communities/server'
import type { Auth } from '#people/server'

declare global {
	namespace App {
		interface Locals {
			database: Database<CommunitiesTables>
			region: LoadedRegion | undefined
			auth: Auth
			account: { id: string; name: string; email: string; administrator: boolean; demonstration: boolean } | undefined
		}
		interface Error {
			message: string
		}
	}
}
