package dev.corral.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

import dev.corral.inference.ServedModel.State;
import dev.corral.inference.Worker;

/** A worker process that the test starts, behind a network that can be cut. */
final class WorkerOfTest implements AutoCloseable {

	static final String KEY = "a key of the test";

	private final int port;

	private final Path log;

	private final CuttableProxy network;

	private Process process;

	WorkerOfTest(Path log) throws IOException {
		this.log = log;
		try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		network = new CuttableProxy(port);
		process = launch();
	}

	private Process launch() throws IOException {
		var command = WorkerCommand.ofThisProgram(List.of())
				.of(List.of("corral.role=worker", "corral.workers.key=" + KEY,
						"corral.engine.threads=1", "server.address=127.0.0.1", "server.port=" + port));
		return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
	}

	/** Its own, past the network. */
	int port() {
		return port;
	}

	CuttableProxy network() {
		return network;
	}

	Process process() {
		return process;
	}

	/** After it was killed. */
	void relaunch() throws IOException {
		if (!process.isAlive()) {
			process = launch();
		}
	}

	static boolean ready(Worker worker) {
		return !worker.draining() && worker.models().getFirst().state() == State.READY;
	}

	static void signal(String name, Process process) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
	}

	@Override
	public void close() throws IOException {
		network.close();
		process.destroyForcibly();
	}

}
