/** Whether a version comes before another one. Both consist of three numbers, as those of n8n. */
export function isOlder(version: string, than: string): boolean {
	const order = new Intl.Collator('en', { numeric: true });
	return order.compare(version, than) < 0;
}
