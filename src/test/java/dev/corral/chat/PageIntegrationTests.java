package dev.corral.chat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.corral.CorralApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.presenceOfAllElementsLocatedBy;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.visibilityOfElementLocated;

/** What a reader can do on the page, in a real browser and with the model that ships with the project. */
@SpringBootTest(classes = CorralApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@EnabledIf(value = "dev.corral.chat.Browser#isInstalled", disabledReason = "There is no Chromium with a chromedriver on this machine.")
@TestInstance(Lifecycle.PER_CLASS)
class PageIntegrationTests {

	private static final By COMPOSER = By.cssSelector("textarea[aria-label='Message']");

	private static final By SEND = By.cssSelector("button[aria-label='Send']");

	private static final By STOP = By.cssSelector("button[aria-label='Stop']");

	private static final By SUGGESTION = By.cssSelector(".suggestions button");

	private static final By REPLY = By.cssSelector(".reply");

	private static final By TRY_AGAIN = By.cssSelector(".reply-actions button");

	@LocalServerPort
	private int port;

	private ChromeDriver browser;

	private WebDriverWait wait;

	@BeforeAll
	void startTheBrowser(@TempDir Path userData) {
		browser = Browser.find().orElseThrow().start(userData);
		wait = new WebDriverWait(browser, Duration.ofSeconds(30));
	}

	@AfterAll
	void stopTheBrowser() {
		if (browser != null) {
			browser.quit();
		}
	}

	@BeforeEach
	void openThePage() {
		browser.deleteNetworkConditions();
		browser.get("http://localhost:" + port + "/");
		wait.until(elementToBeClickable(SUGGESTION));
	}

	@Test
	void streamsTheReplyToAQuestion() {
		ask("What is the capital of France?");

		assertThat(finishedReply()).contains("Paris");
		assertThat(browser.findElement(By.cssSelector(".statistics")).getText()).containsPattern("\\d+ tokens");
	}

	@Test
	void remembersWhatWasSaidInAnEarlierTurn() {
		ask("My name is Ada.");
		finishedReply();

		ask("What is my name?");

		assertThat(finishedReply()).contains("Ada");
	}

	@Test
	void keepsTheTextOfAReplyThatIsStopped() {
		slowDownTheNetwork();
		ask("Tell me a long story.");
		wait.until(elementToBeClickable(STOP));
		wait.until(visibilityOfElementLocated(REPLY));

		composer().sendKeys(Keys.ESCAPE);

		wait.until(visibilityOfElementLocated(SEND));
		assertThat(lastReply()).isNotBlank();
		assertThat(browser.findElement(By.cssSelector(".note")).getText()).isEqualTo("Stopped.");
	}

	@Test
	void beginsAnewWhenThePageIsLoadedAgain() {
		ask("What is the capital of France?");
		finishedReply();

		browser.navigate().refresh();
		wait.until(elementToBeClickable(SUGGESTION)).click();

		assertThat(finishedReply()).isNotBlank();
		assertThat(browser.findElements(REPLY)).hasSize(1);
	}

	@Test
	void breaksNoneOfTheServersRulesForThePage() {
		ask("What is the capital of France?");
		finishedReply();

		assertThat(browser.manage().logs().get("browser").getAll()).isEmpty();
	}

	/** The small model is done with a story before anybody could stop it. */
	private void slowDownTheNetwork() {
		ChromiumNetworkConditions conditions = new ChromiumNetworkConditions();
		conditions.setDownloadThroughput(1000);
		conditions.setUploadThroughput(1_000_000);
		browser.setNetworkConditions(conditions);
	}

	private void ask(String question) {
		composer().sendKeys(question, Keys.ENTER);
		wait.until(textToBe(By.cssSelector(".turn:last-child .question"), question));
	}

	/** The text of the last reply, once it is over. */
	private String finishedReply() {
		wait.until(elementToBeClickable(TRY_AGAIN));
		return lastReply();
	}

	private String lastReply() {
		return wait.until(presenceOfAllElementsLocatedBy(REPLY)).getLast().getText();
	}

	private WebElement composer() {
		return wait.until(elementToBeClickable(COMPOSER));
	}

}
