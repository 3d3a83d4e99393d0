import type { Reroute } from '@sveltejs/kit/hooks'
import { deLocalizeUrl } from '#lib/paraglide/runtime.js'

/** `/es/atlas` and `/atlas` are the same page in two languages. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname
