"""What opens over the workbench: boxes and pages."""
