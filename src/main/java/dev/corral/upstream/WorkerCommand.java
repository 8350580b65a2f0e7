package dev.corral.upstream;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a worker process: this program as it was started, as a worker. It has the same settings, but for those that make a
 * server what it is, and nothing secret: that goes into its environment.
 *
 * @param main the class to begin with
 * @param jvmArguments those of this JVM
 * @param arguments those of this program
 */
record WorkerCommand(String classPath, String main, List<String> jvmArguments, List<String> arguments) {

	/** Where the program begins, and where it does in its jar, in which its classes lie in jars. */
	private static final String MAIN = "dev.corral.CorralApplication";

	private static final String JAR_MAIN = "org.springframework.boot.loader.launch.JarLauncher";

	/** Of a gateway alone. */
	private static final List<String> OWN = List.of("corral.role", "corral.workers.", "corral.store.", "corral.access.",
			"corral.engine.kv-tiers.folder", "server.", "management.", "spring.main.");

	/** What a JVM takes that another one on the same machine can take too; a debugger's port is none of that. */
	private static final List<String> REPEATABLE = List.of("-D", "-X", "--add-", "--enable-native-access");

	/** As this program was started. */
	static WorkerCommand ofThisProgram(List<String> arguments) {
		boolean jar = ClassLoader.getSystemResource(JAR_MAIN.replace('.', '/') + ".class") != null;
		return new WorkerCommand(System.getProperty("java.class.path"), jar ? JAR_MAIN : MAIN,
				ManagementFactory.getRuntimeMXBean().getInputArguments(), arguments);
	}

	/** @param settings of the worker, as {@code name=value} */
	List<String> of(List<String> settings) {
		var command = new ArrayList<String>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		jvmArguments.stream().filter(WorkerCommand::repeatable).forEach(command::add);
		command.add("--enable-native-access=ALL-UNNAMED");
		command.addAll(List.of("-cp", classPath, main));
		arguments.stream().filter(argument -> !own(argument, "--")).forEach(command::add);
		settings.forEach(setting -> command.add("--" + setting));
		return command;
	}

	private static boolean repeatable(String argument) {
		return REPEATABLE.stream().anyMatch(argument::startsWith) && !argument.startsWith("-Xrun")
				&& !argument.startsWith("-Xdebug") && !own(argument, "-D");
	}

	private static boolean own(String argument, String prefix) {
		return OWN.stream().anyMatch(name -> argument.startsWith(prefix + name));
	}

}
