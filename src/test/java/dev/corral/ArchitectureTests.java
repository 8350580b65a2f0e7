package dev.corral;

import org.jspecify.annotations.NullMarked;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.corral", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule nativeMemoryStaysBehindOnePackage = noClasses().that()
			.resideOutsideOfPackage("..llamacpp.internal..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("java.lang.foreign..")
			.because("a mistake with native memory kills the process, so there is one place to look for it");

	@ArchTest
	static final ArchRule nobodyUsesTheEngineButThroughItsPort = noClasses().that()
			.resideOutsideOfPackage("..llamacpp..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("..llamacpp..")
			.because("the port must not show whether an engine is in this process or in another");

	@ArchTest
	static final ArchRule thePortUsesNothingOfOurs = noClasses().that()
			.resideInAPackage("..inference..")
			.should()
			.dependOnClassesThat(
					DescribedPredicate.describe("are Corral's, outside the port",
							(JavaClass type) -> type.getPackageName()
									.startsWith("dev.corral")
									&& !type.getPackageName().startsWith("dev.corral.inference")));

	@ArchTest
	static final ArchRule decisionsArePlainFunctions = noClasses().that()
			.resideInAnyPackage("..template..", "..contextwindow..", "..catalog..", "..grammar..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("reactor..")
			.because("only what waits for input or output is reactive");

	@ArchTest
	static final ArchRule jsonEndsAtTheEdges = noClasses().that()
			.resideInAnyPackage("..inference..", "..llamacpp..", "..generation..", "..routing..", "..worker..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("tools.jackson..");

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("dev.corral.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = classes()
			.should(new ArchCondition<JavaClass>("be in a @NullMarked package") {

				@Override
				public void check(JavaClass type, ConditionEvents events) {
					boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
					events.add(new SimpleConditionEvent(type, marked,
							type.getPackageName() + " is not @NullMarked"));
				}

			});

	@ArchTest
	static final ArchRule nothingIsInjectedIntoFields = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

	@ArchTest
	static final ArchRule outputGoesThroughTheLog = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

	@ArchTest
	static final ArchRule nobodySleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

}
