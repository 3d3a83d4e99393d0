import type { DoorList, KeptMark } from './door-lines.ts'
import { FLAG } from './keeps-door.ts'

// What a telephone keeps of doors: lists by convening, notes by their key. Only this file knows IndexedDB.
const NAME = 'throughline-door'

let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
	opened ??= new Promise((resolve, reject) => {
		const request = indexedDB.open(NAME, 1)
		request.onupgradeneeded = () => {
			request.result.createObjectStore('lists', { keyPath: 'convening' })
			request.result.createObjectStore('marks', { keyPath: 'key' })
		}
		request.onsuccess = () => resolve(request.result)
		request.onerror = () => reject(request.error!)
	})
	return opened
}

/** Does something in one transaction; done only when it lies on the disk. */
async function within<T>(mode: IDBTransactionMode, work: (lists: IDBObjectStore, marks: IDBObjectStore) => IDBRequest<T> | void): Promise<T> {
	const transaction = (await open()).transaction(['lists', 'marks'], mode, { durability: 'strict' })
	const request = work(transaction.objectStore('lists'), transaction.objectStore('marks'))
	return new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve((request ? request.result : undefined) as T)
		transaction.onerror = transaction.onabort = () => reject(transaction.error!)
	})
}

export const findList = (convening: string): Promise<DoorList | undefined> => within('readonly', (lists) => lists.get(convening) as IDBRequest<DoorList | undefined>)
export const listLists = (): Promise<DoorList[]> => within('readonly', (lists) => lists.getAll() as IDBRequest<DoorList[]>)
export const deleteList = (convening: string): Promise<void> => within('readwrite', (lists) => void lists.delete(convening))
export const listMarks = async (convening?: string): Promise<KeptMark[]> => (await within('readonly', (_, marks) => marks.getAll() as IDBRequest<KeptMark[]>)).filter((mark) => convening === undefined || mark.convening === convening).sort((a, b) => (a.at < b.at ? -1 : 1))
export const deleteMark = (key: string): Promise<void> => within('readwrite', (_, marks) => void marks.delete(key))

export async function putList(list: DoorList): Promise<void> {
	localStorage.setItem(FLAG, '1')
	await within('readwrite', (lists) => void lists.put(list))
}

export async function putMark(mark: KeptMark): Promise<void> {
	localStorage.setItem(FLAG, '1')
	await within('readwrite', (_, marks) => void marks.put(mark))
}

export const forgetFlag = (): void => localStorage.removeItem(FLAG)
