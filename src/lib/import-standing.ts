import { m } from '#lib/paraglide/messages.js'

const words = {
	reading: m.data_state_reading, failed: m.data_state_failed, describe: m.data_state_describe, columns: m.data_state_columns, checking: m.data_state_checking,
	checked: m.data_state_checked, published: m.data_state_published, withdrawn: m.data_state_withdrawn, set_aside: m.data_state_set_aside,
}

/** Where an import stands, in words. */
export function standingWords(standing: keyof typeof words): string {
	return words[standing]()
}
