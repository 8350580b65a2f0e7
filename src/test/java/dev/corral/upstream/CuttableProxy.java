package dev.corral.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between a gateway and a worker on this machine that can be cut: all connections break, and no new one is made. */
final class CuttableProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final int target;

	private volatile boolean cut;

	/** @param target a port of this machine */
	CuttableProxy(int target) throws IOException {
		this.target = target;
		Thread.ofVirtual().start(this::accept);
	}

	int port() {
		return server.getLocalPort();
	}

	void cut(boolean cut) {
		this.cut = cut;
		if (cut) {
			open.forEach(CuttableProxy::close);
		}
	}

	private void accept() {
		while (!server.isClosed()) {
			try {
				connect(server.accept());
			} catch (IOException refused) {
				// The worker is not there, or the test is over.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		open.add(client);
		if (cut) {
			close(client);
			return;
		}
		try {
			var worker = new Socket(InetAddress.getLoopbackAddress(), target);
			open.add(worker);
			worker.setTcpNoDelay(true);
			client.setTcpNoDelay(true);
			Thread.ofVirtual().start(() -> pass(client, worker));
			Thread.ofVirtual().start(() -> pass(worker, client));
		} catch (IOException refused) {
			close(client);
			throw refused;
		}
		if (cut) {
			cut(true);
		}
	}

	private void pass(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
		} catch (IOException broken) {
			// Cut, or one of them has gone.
		} finally {
			close(from);
			close(to);
			open.remove(from);
			open.remove(to);
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		} catch (IOException broken) {
			// It is closed then.
		}
	}

	@Override
	public void close() throws IOException {
		server.close();
		cut(true);
	}

}
