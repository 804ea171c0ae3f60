import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** The result of n8n's scanner for a folder. */
export interface ScanResult {
	passed: boolean;
	message?: string;
	/** ESLint's report as text, with the findings below the path of each file. */
	details?: string;
}

export interface Finding {
	/** Relative to the scanned folder. */
	file: string;
	line: number;
	severity: string;
	message: string;
	/** Empty if ESLint could not parse the file. */
	rule: string;
}

/** The two rules that forbid the name `AhaApiKey`, which the credential type keeps. */
export const ACCEPTED = [
	'credentials/AhaApiKey.credentials.ts: n8n-nodes-base/cred-class-name-unsuffixed',
	'credentials/AhaApiKey.credentials.ts: n8n-nodes-base/cred-class-field-name-unsuffixed',
];

const FINDING = /^ +(\d+):\d+ +(error|warning) +(.*?)(?: {2,}(\S+))? *$/;

/**
 * Parses the findings in a result of the scanner.
 *
 * @param folder the scanned folder
 * @throws Error when nothing was scanned or the report cannot be parsed
 */
export function findingsOf(result: ScanResult, folder: string): Finding[] {
	// A folder without files to scan passes too, but has this message.
	if (result.passed && !result.message) return [];
	if (!result.details) throw new Error(`Nothing was scanned: ${result.message}`);
	let file = '';
	const findings: Finding[] = [];
	for (const line of stripVTControlCharacters(result.details).split('\n')) {
		if (line.startsWith(folder)) file = relative(folder, line);
		const [, at, severity, message, rule = ''] = FINDING.exec(line) ?? [];
		if (at) findings.push({ file, line: Number(at), severity, message, rule });
	}
	if (findings.length === 0) throw new Error(`The report cannot be parsed:\n${result.details}`);
	return findings;
}

const nameOf = ({ file, rule }: Finding): string => `${file}: ${rule}`;

/**
 * Lists why a scan does not pass; empty if it passes.
 *
 * @param accepted the findings that must occur, and no others, as `file: rule`
 */
export function problems(findings: readonly Finding[], accepted: readonly string[]): string[] {
	const found = findings.map(nameOf);
	return [
		...found.filter((name) => !accepted.includes(name)).map((name) => `${name} is not accepted`),
		// If they are missing, the scanner no longer checks these files.
		...accepted
			.filter((name) => found.filter((other) => other === name).length !== 1)
			.map((name) => `${name} must be found exactly once`),
	];
}
