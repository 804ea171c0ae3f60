import type { RecordName } from '../schema/records';

/** What a name stands for: the ID of the one record that has it, or why there is no such record. */
export type NamedRecord = { readonly id: string } | { readonly problem: string };

/** Finds what a name stands for; nothing where a text is no name, or nothing lists such records. */
export type NamedRecords = (record: RecordName, text: unknown) => NamedRecord | undefined;
