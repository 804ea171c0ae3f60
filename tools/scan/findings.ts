import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** What n8n's scanner answers about a folder. */
export interface ScanResult {
	passed: boolean;
	message?: string;
	/** ESLint's report for people: each file's path, and its findings below it. */
	details?: string;
}

export interface Finding {
	/** Relative to the scanned folder. */
	file: string;
	line: number;
	severity: string;
	message: string;
	/** Empty for a file that ESLint could not read. */
	rule: string;
}

/** The two rules that forbid the name `AhaApiKey`, which the type keeps. */
export const ACCEPTED = [
	'credentials/AhaApiKey.credentials.ts: n8n-nodes-base/cred-class-name-unsuffixed',
	'credentials/AhaApiKey.credentials.ts: n8n-nodes-base/cred-class-field-name-unsuffixed',
];

const FINDING = /^ +(\d+):\d+ +(error|warning) +(.*?)(?: {2,}(\S+))? *$/;

/**
 * The findings in a scanner's answer.
 *
 * @param folder what was scanned
 * @throws Error when the scan did not take place, or its report cannot be read
 */
export function findingsOf(answer: ScanResult, folder: string): Finding[] {
	// The scanner lets a folder pass in which it found nothing to look at, and says so here.
	if (answer.passed && !answer.message) return [];
	if (!answer.details) throw new Error(`Nothing was scanned: ${answer.message}`);
	let file = '';
	const findings: Finding[] = [];
	for (const line of stripVTControlCharacters(answer.details).split('\n')) {
		if (line.startsWith(folder)) file = relative(folder, line);
		const [, at, severity, message, rule = ''] = FINDING.exec(line) ?? [];
		if (at) findings.push({ file, line: Number(at), severity, message, rule });
	}
	if (findings.length === 0) throw new Error(`The report cannot be read:\n${answer.details}`);
	return findings;
}

const nameOf = ({ file, rule }: Finding): string => `${file}: ${rule}`;

/**
 * Why a scan does not pass, in sentences; empty when it passes.
 *
 * @param accepted findings that must be there and no others, as `file: rule`
 */
export function problems(findings: readonly Finding[], accepted: readonly string[]): string[] {
	const found = findings.map(nameOf);
	return [
		...found.filter((name) => !accepted.includes(name)).map((name) => `${name} is not accepted`),
		// Their absence would mean that the scanner no longer looks.
		...accepted
			.filter((name) => found.filter((other) => other === name).length !== 1)
			.map((name) => `${name} must be found, once`),
	];
}
