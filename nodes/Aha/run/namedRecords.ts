/**
 * What a name stands for: the ID of the one record that has it, with the email address of a user; or
 * why there is no such record.
 */
export type NamedRecord =
	{ readonly id: string; readonly email?: string } | { readonly problem: string };

/**
 * Finds what a name stands for; nothing where a text is no name, or nothing lists such records.
 *
 * @param kind the kind of record, or the name of the field that says which kind
 */
export type NamedRecords = (kind: string, text: unknown) => NamedRecord | undefined;
