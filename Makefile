# The few commands there are. `make check` is the whole gate.
SWIFT ?= swift
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib,)
SOURCES := Package.swift Sources Tests

.PHONY: build check test crash lint run demo format docs bench simulate swap-cost clean login-test

build: ## leaves .build/release/rotator
	$(SWIFT) build -c release $(STATIC) --product rotator

check: lint docs test ## the whole gate

crash: ## the service killed at every system call; minutes
	scripts/crash

login-test: ## sign-ins in real Chromium; minutes. CASES='first_login challenge'
	scripts/login-test $(CASES)

lint:
	$(SWIFT) format lint --strict --recursive $(SOURCES)

test:
	scripts/test

run: build
	.build/release/rotator serve

demo:
	scripts/demo

format:
	$(SWIFT) format --in-place --recursive $(SOURCES)

docs: ## the embedded contract is the written one
	scripts/embed-openapi --check

bench: build
	scripts/bench

simulate: ## fresh seeds; TICKS=1000000, or SEED=… TICKS=… again, or PLANTED=40
	$(SWIFT) build -c release $(STATIC) --product simulate
	.build/release/simulate $(if $(SEED),SEED=$(SEED)) $(if $(TICKS),TICKS=$(TICKS)) \
		$(if $(PLANTED),PLANTED=$(PLANTED))

swap-cost: ## a swap beside its own fsyncs
	$(SWIFT) build -c release $(STATIC) --product swap-cost
	.build/release/swap-cost

clean:
	rm -rf .build
