export { beginMemberImport, findMemberImport, listMemberImports, mapMemberColumns, setListAside, takeInMembers, type MemberImport } from './import-members.ts'
export { undoMemberImport } from './undo-import.ts'
export { keepApart, listDoubles, listMerges, mergeMembers, unmergeMembers } from './merge-members.ts'
