"""Settings, resources, logs and the evaluation: what stands between the core and its faces."""
