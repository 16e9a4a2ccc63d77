# Chop. `make help` lists what there is. Every target installs what it misses (scripts/need).
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run demo ui package test bench interop soak bindings golden fmt clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: ## open the desktop; where there is no display, the whole walk at the command line
	@scripts/run

demo: ## the whole walk with demo authorities at the command line: chop demo
	@scripts/need base rust
	cargo build --locked --quiet --package chop-relay
	cargo run --locked --quiet --package chop-cli -- demo $(DEMO)

ui: ## the page of the desktop, checked, tested and built
	@scripts/need ui
	@scripts/ui

package: ## the desktop app as .deb and AppImage, with their sizes
	@scripts/package

test: ## everything that CI runs, with the minutes of each stage
	@scripts/need base rust deny python node go postgres jvm ui window
	@scripts/test

interop: ## code that nobody here wrote judges ours, and the reverse
	@scripts/need base rust python node go
	@scripts/interop

bench: ## the table of speed and memory, also in target/bench/report.json
	@scripts/need base rust python postgres jvm
	@scripts/bench

soak: ## the longer runs: properties with many more cases, random faults
	@scripts/need base rust desktop
	PROPTEST_CASES=$(or $(CASES),20000) CHOP_SOAK=1 cargo test --locked --workspace

bindings: ## the library for Kotlin, Swift and Python, into target/bindings
	@scripts/need base rust
	@scripts/bindings

golden: ## record the golden walk and the list of the bindings' API anew; say why in the commit
	@scripts/need base rust python
	@scripts/golden

fmt: ## format the Rust files
	cargo fmt --all

clean: ## remove everything that was built or installed under target/
	cargo clean
