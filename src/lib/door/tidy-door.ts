import { deleteList, forgetFlag, listLists, listMarks, putMark } from './door-store.ts'
import { sendMarks } from './send-marks.ts'

/**
 * Looks after what this telephone keeps of doors, on whatever page: lists go when nobody is signed in and when their time is over; notes that wait are
 * sent once somebody is signed in, and are never thrown away here.
 */
export async function tidyDoor({ signedIn }: { signedIn: boolean }): Promise<void> {
	const marks = await listMarks()
	if (signedIn) for (const convening of new Set(marks.filter(({ state }) => state === 'waiting').map((mark) => mark.convening))) await sendMarks(convening)
	for (const { convening, deleteAfter } of await listLists()) if (!signedIn || deleteAfter < Date.now()) await deleteList(convening)
	// Names of guests go with the list; that of a walk-in is what is to be sent.
	if (!signedIn) for (const mark of marks) if (mark.kind === 'guest') await putMark({ ...mark, label: '' })
	if ((await listLists()).length > 0) return
	await forgetPages()
	if ((await listMarks()).length === 0) forgetFlag()
}

/** Ends what opens the page of a door without a network. */
export async function forgetPages(): Promise<void> {
	if ('caches' in window) for (const name of await caches.keys()) if (name.startsWith('door-')) await caches.delete(name)
	for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) if (worker.scope.endsWith('/desk/phone')) await worker.unregister()
}
