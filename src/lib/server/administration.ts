import { error, redirect } from '@sveltejs/kit'
import { deLocalizeHref, localizeHref } from '#lib/paraglide/runtime.js'

type Account = NonNullable<App.Locals['account']>

/** The administrator who opens a page of the administration; for anybody else it does not exist, and who is not signed in is led to the sign-in and back. */
export function requireAdministrator({ locals, url }: { locals: App.Locals; url: URL }): Account {
	if (!locals.account) redirect(303, localizeHref(`/sign-in?to=${encodeURIComponent(deLocalizeHref(url.pathname))}`))
	if (!locals.account.administrator) error(404)
	return locals.account
}
