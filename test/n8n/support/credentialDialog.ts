import type { Locator, Page } from 'playwright-core';

/** n8n's dialog of one credential, as a person uses it. */
export class CredentialDialog {
	private constructor(private readonly page: Page) {}

	/** The dialog that is about to be shown. */
	static async shown(page: Page): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(page);
		await dialog.root.waitFor();
		return dialog;
	}

	/** Opens the type picker and reads every way to sign in. */
	async types(): Promise<string[]> {
		await this.typePicker.click();
		await this.typeItems.first().waitFor();
		return await this.typeItems.allInnerTexts();
	}

	/** Chooses from the type picker, which stays open after `types`. */
	async chooseType(name: string): Promise<void> {
		if (!(await this.typeItems.first().isVisible())) await this.types();
		await this.typeItems.filter({ hasText: name }).click();
		await this.typeItems.first().waitFor({ state: 'hidden' });
	}

	/**
	 * Types into required fields and waits until n8n has read them. n8n reads a field a moment
	 * after the last key (debounced), so a button pressed right away would use the old values.
	 * "This field is required" shows what n8n has read: it appears once n8n sees the field empty
	 * and goes away once n8n sees the new value.
	 *
	 * @param values by the field's name; none may be empty
	 */
	async fill(values: Readonly<Record<string, string>>): Promise<void> {
		const fields = Object.entries(values).map(([name, value]) => ({
			value,
			input: this.root.getByTestId(`parameter-input-${name}`).locator('input'),
			missing: this.root.getByTestId(name).getByText('This field is required'),
		}));
		for (const { input } of fields) {
			await input.fill('');
			await input.blur();
		}
		for (const { missing } of fields) await missing.waitFor();
		for (const { input, value } of fields) await input.fill(value);
		for (const { missing } of fields) await missing.waitFor({ state: 'hidden' });
	}

	/** A notice or any other text of the form. */
	text(text: string | RegExp): Locator {
		return this.root.getByText(text);
	}

	/** Saves, which tests an API key; n8n closes the dialog of a new credential that works. */
	async save(): Promise<void> {
		await this.page.getByTestId('credential-save-button').click();
	}

	/** Waits for n8n to say that the credential test failed for this reason. */
	async failure(reason: string | RegExp): Promise<void> {
		// The details stay open once they were opened.
		const details = this.root.getByText('More details').locator('visible=true');
		await details.or(this.text(reason)).first().waitFor();
		if (await details.isVisible()) await details.click();
		await this.text(reason).first().waitFor();
	}

	/** Waits for n8n to say that the credential test succeeded. */
	async succeeded(): Promise<void> {
		await this.root.getByTestId('credentials-config-container-test-success').waitFor();
	}

	/** Presses Connect. @returns the window that opens */
	async authorize(): Promise<Page> {
		const popup = this.page.waitForEvent('popup');
		await this.root.getByTestId('quick-connect-button').locator('visible=true').click();
		return await popup;
	}

	/** Shown once an account is connected. */
	get connected(): Locator {
		return this.root.getByTestId('oauth-connect-success-banner');
	}

	get redirectUri(): Locator {
		return this.root.getByTestId('copy-input');
	}

	async close(): Promise<void> {
		await this.closeButton.click();
		await this.closed();
	}

	/** Closes the dialog if it is open, and discards changes if n8n asks about them. */
	static async discard(page: Page): Promise<void> {
		const dialog = new CredentialDialog(page);
		if (!(await dialog.root.isVisible())) return;
		await dialog.closeButton.click();
		const close = page.getByRole('button', { name: 'Close', exact: true });
		await close
			.or(page.locator('body').filter({ hasNot: dialog.root }))
			.first()
			.waitFor();
		if (await close.isVisible()) await close.click();
		await dialog.closed();
	}

	async closed(): Promise<void> {
		await this.root.waitFor({ state: 'hidden' });
	}

	private get closeButton(): Locator {
		return this.page.getByRole('button', { name: 'Close this dialog' });
	}

	private get root(): Locator {
		return this.page.getByTestId('credential-edit-dialog');
	}

	private get typePicker(): Locator {
		return this.root.getByTestId('credential-mode-dropdown-trigger');
	}

	private get typeItems(): Locator {
		return this.page.locator('[role=menu] [role=menuitem][data-reka-collection-item]');
	}
}
