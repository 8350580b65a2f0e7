package dev.corral.catalog;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.stereotype.Component;

/**
 * Binds the long form's keys beside the short form. By itself Spring takes the short form, once there is one, for the whole
 * value: {@code --corral.models.cria.context-tokens=512} would go unnoticed.
 */
@Component
class ShortFormCompletion implements ConfigurationPropertiesBindHandlerAdvisor {

	@Override
	public BindHandler apply(BindHandler handler) {
		return new AbstractBindHandler(handler) {

			@Override
			public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
					Object result) {
				var completed = result instanceof ModelSettings settings ? complete(settings, name, context) : result;
				return super.onSuccess(name, target, context, completed);
			}

		};
	}

	private static ModelSettings complete(ModelSettings settings, ConfigurationPropertyName name,
			BindContext context) {
		var binder = context.getBinder();
		return settings.or(
				new ModelSettings(null, binder.bind(name.append("template"), Bindable.of(String.class)).orElse(null),
						binder.bind(name.append("context-tokens"), Bindable.of(Integer.class)).orElse(null),
						binder.bind(name.append("sequences"), Bindable.of(Integer.class)).orElse(null),
						binder.bind(name.append("cache-tokens"), Bindable.of(Integer.class)).orElse(null),
						binder.bind(name.append("draft"), Bindable.of(String.class)).orElse(null)));
	}

}
