import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { findJava } from './java.ts';

const LONGEST_START_MILLIS = 180_000;
const LOOK_MILLIS = 200;

/**
 * The server as people run it: the jar in a process of its own, with its store in a file. It can be killed and started again at
 * the same address.
 *
 * It serves Cria, Cria as `small` with a window of 256 tokens, and `endless`, whose replies make no sense and do not end by themselves.
 */
export class CorralServer {
  readonly #java = findJava();
  readonly #folder = mkdtempSync(join(tmpdir(), 'corral-e2e-'));
  readonly #port: number;
  readonly #environment: Readonly<Record<string, string>>;
  #process: ChildProcess | null = null;

  private constructor(port: number, environment: Readonly<Record<string, string>>) {
    this.#port = port;
    this.#environment = environment;
  }

  /** Starts a server on a free port, with these variables in its environment beside those of the tests. */
  static async run(environment: Readonly<Record<string, string>> = {}): Promise<CorralServer> {
    const server = new CorralServer(await freePort(), environment);
    server.#writeEndlessModel();
    await server.start();
    return server;
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Starts it again; resolves when it is ready. */
  async start(): Promise<void> {
    const log = openSync(this.#log, 'a');
    const started = spawn(
      this.#java,
      [
        '-jar',
        jar(),
        `--server.port=${this.#port}`,
        `--corral.store.url=h2:${join(this.#folder, 'corral')}`,
        // The first one is the page's default.
        '--corral.models.cria=classpath:models/cria/cria-q8_0.gguf',
        '--corral.models.small.file=classpath:models/cria/cria-q8_0.gguf',
        '--corral.models.small.context-tokens=256',
        `--corral.models.endless=${this.#endless}`,
      ],
      { cwd: this.#folder, env: { ...process.env, ...this.#environment }, stdio: ['ignore', log, log] },
    );
    closeSync(log);
    this.#process = started;
    const end = Date.now() + LONGEST_START_MILLIS;
    while (!(await this.#isReady())) {
      if (started.exitCode !== null || Date.now() > end) {
        throw new Error(`The server did not start:\n${readFileSync(this.#log, 'utf8').slice(-3000)}`);
      }
      await pause(LOOK_MILLIS);
    }
  }

  /** Ends it as a power failure would: SIGKILL. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running !== null && running.exitCode === null) {
      const exit = once(running, 'exit');
      running.kill('SIGKILL');
      await exit;
    }
  }

  /** Ends it and forgets what it has stored. */
  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #log(): string {
    return join(this.#folder, 'server.log');
  }

  get #endless(): string {
    return join(this.#folder, 'endless.gguf');
  }

  async #isReady(): Promise<boolean> {
    const readiness = await fetch(`${this.origin}/actuator/health/readiness`).catch(() => null);
    return readiness?.ok === true;
  }

  #writeEndlessModel(): void {
    const options = ['random-model', this.#endless, '--parameters-preset', '15m'];
    const { status, stderr } = spawnSync(this.#java, ['-jar', jar(), ...options], { encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`The model could not be written: ${stderr}`);
    }
  }
}

function jar(): string {
  const file = resolve(import.meta.dirname, '../../..', process.env.CORRAL_JAR ?? 'target/corral.jar');
  if (!existsSync(file)) {
    throw new Error(`There is no ${file}: build it with mvn package -DskipTests, or name another one in CORRAL_JAR.`);
  }
  return file;
}

async function freePort(): Promise<number> {
  const socket = createServer().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address() as AddressInfo;
  socket.close();
  await once(socket, 'close');
  return port;
}
