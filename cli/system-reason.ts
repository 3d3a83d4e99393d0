import { sentence } from './sentence.ts'

const KNOWN = ['ENOENT', 'EACCES', 'EPERM', 'ENOSPC', 'EROFS', 'EISDIR', 'ENOTDIR', 'EDQUOT', 'EFBIG']

/** Why the operating system refused, in words; the system's own message for reasons that have none. */
export function systemReason(cause: unknown): string {
	const { code = '', message } = cause as NodeJS.ErrnoException
	return KNOWN.includes(code) ? sentence(`index_reason_${code.toLowerCase()}`) : message
}
