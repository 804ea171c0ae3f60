declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** The files that n8n's scan checks in a repository. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** Checks a folder by n8n's rules. */
	export function analyzePackage(
		folder: string,
		patterns: string[],
	): Promise<import('./findings').ScanResult>;
}
