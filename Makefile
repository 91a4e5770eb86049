# Thin on purpose: what each of these does is in scripts/.
.PHONY: run test bench fmt
.DEFAULT_GOAL := run

run: ## build what has changed, fill the demo district, serve it
	@scripts/run.sh

test: ## everything there is; the last line says how many passed and failed
	@scripts/test.sh

bench: ## the figures of README's table, each beside its peer or its limit
	@scripts/bench.sh

fmt: ## Rust and the front ends
	@scripts/fmt.sh
