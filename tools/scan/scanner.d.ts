declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** The files of a source checkout that n8n's scan looks at. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** Runs n8n's rules on a folder. */
	export function analyzePackage(
		folder: string,
		patterns: string[],
	): Promise<import('./findings').ScanResult>;
}
