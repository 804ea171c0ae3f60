import type { Options } from 'execa';

/** `env` is added to the environment of this process, unless `extendEnv` is false. */
type CommandOptions = Pick<Options, 'cwd' | 'env' | 'extendEnv' | 'uid' | 'gid'>;

/** execa, which is an ES module: `require` cannot load it, only `import()`. */
export const loadExeca = async () => await import('execa');

/**
 * Runs a command and waits until it ends.
 *
 * @returns what it wrote to its standard output, without the last line break
 * @throws ExecaError when it cannot be started or its exit code is not 0
 */
export async function run(
	command: string,
	args: readonly string[],
	options: CommandOptions = {},
): Promise<string> {
	const { execa } = await loadExeca();
	const { stdout } = await execa(command, args, options);
	return stdout;
}
