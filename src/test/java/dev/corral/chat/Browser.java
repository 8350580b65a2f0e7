package dev.corral.chat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Where this machine has a Chromium and its driver. Both are only ever looked for: Selenium, which would fetch what is
 * missing, is told where they are.
 *
 * @param binary the browser
 * @param driver the program that Selenium drives it with
 */
record Browser(Path binary, Path driver) {

	/** The browser that {@code CHROME_BIN} and {@code CHROMEDRIVER} name, or else one on the path. */
	static Optional<Browser> find() {
		Optional<Path> binary = find(System.getenv("CHROME_BIN"), "chromium", "google-chrome", "chromium-browser");
		Optional<Path> driver = find(System.getenv("CHROMEDRIVER"), "chromedriver");
		return binary.flatMap(found -> driver.map(itsDriver -> new Browser(found, itsDriver)));
	}

	static boolean isInstalled() {
		return find().isPresent();
	}

	/** Starts the browser without a window and with the given folder, which is empty, for its data. */
	ChromeDriver start(Path userData) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(binary.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--user-data-dir=" + userData);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile())
				.usingAnyFreePort().build();
		return new ChromeDriver(service, options);
	}

	private static Optional<Path> find(@Nullable String named, String... names) {
		if (named != null) {
			return Optional.of(Path.of(named)).filter(Files::isExecutable);
		}
		String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
		return Stream.of(names)
				.flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
				.filter(Files::isExecutable).findFirst();
	}

}
