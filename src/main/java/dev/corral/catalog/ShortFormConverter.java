package dev.corral.catalog;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Lets a model be one line of configuration: its file. */
@Component
@ConfigurationPropertiesBinding
class ShortFormConverter implements Converter<String, ModelSettings> {

	@Override
	public ModelSettings convert(String file) {
		return new ModelSettings(file, null, null, null, null, null);
	}

}
