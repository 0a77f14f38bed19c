"""Icons, styles, translations, the model catalogue and the samples: data, found through engine.paths.assets."""
