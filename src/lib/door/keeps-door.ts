/** Says that there is something of a door on this telephone, so that other pages need not open the store. */
export const FLAG = 'throughline-door'

/** Whether this telephone keeps anything of a door. */
export function keepsDoor(): boolean {
	try {
		return localStorage.getItem(FLAG) !== null
	} catch {
		return false
	}
}
