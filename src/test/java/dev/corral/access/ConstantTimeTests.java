package dev.corral.access;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import dev.corral.access.keys.Secret;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a wrong key takes tells nothing about the right one. */
class ConstantTimeTests {

	@Test
	void aKeyIsLookedUpByAHashThatSharesNothingWithThatOfANearlyRightOne() {
		var right = Secret.hash("corral-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

		for (var wrong : List.of("corral-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB", "corral-", "")) {
			assertThat(commonPrefix(right, Secret.hash(wrong))).isLessThan(8);
		}
	}

	@Test
	void theWorkersKeyIsComparedInTheSameTimeHoweverMuchOfItIsRight() {
		var filter = new ClassFileImporter().importPackages("dev.corral.worker").get("dev.corral.worker.WorkerFilter");

		assertThat(filter.getMethodCallsFromSelf()).anyMatch(
				call -> call.getTargetOwner().isEquivalentTo(MessageDigest.class) && call.getName().equals("isEqual"));
		assertThat(filter.getMethodCallsFromSelf()).extracting(JavaAccess::getTarget)
				.noneMatch(target -> target.getOwner().isEquivalentTo(Arrays.class)
						&& target.getName().equals("equals"));
	}

	private static int commonPrefix(String one, String other) {
		int length = 0;
		while (length < one.length() && one.charAt(length) == other.charAt(length)) {
			length++;
		}
		return length;
	}

}
