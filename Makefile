# The few commands there are. `make check` is the whole gate.
SWIFT ?= swift
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib,)
SOURCES := Package.swift Sources Tests

.PHONY: build check test contract crash lint run demo format docs bench simulate swap-cost \
	metrics-check fuzz sanitize attack browser-test login-test clean

build: ## leaves .build/release/rotator
	$(SWIFT) build -c release $(STATIC) --product rotator

check: lint docs test ## the whole gate

contract: ## openapi.yaml tried on the service with schemathesis; SEED=… EXAMPLES=…
	$(if $(SEED),SEED=$(SEED)) $(if $(EXAMPLES),EXAMPLES=$(EXAMPLES)) scripts/contract

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

docs: ## the embedded contract and dashboard are the written ones
	scripts/embed-openapi --check
	scripts/embed-dashboard --check

browser-test: build ## the dashboard in Chromium; pictures in out/browser
	scripts/browser-test

bench: build
	scripts/bench

simulate: ## fresh seeds; TICKS=1000000, or SEED=… TICKS=… again, or PLANTED=40
	$(SWIFT) build -c release $(STATIC) --product simulate
	.build/release/simulate $(if $(SEED),SEED=$(SEED)) $(if $(TICKS),TICKS=$(TICKS)) \
		$(if $(PLANTED),PLANTED=$(PLANTED))

swap-cost: ## a swap beside its own fsyncs
	$(SWIFT) build -c release $(STATIC) --product swap-cost
	.build/release/swap-cost

metrics-check: build ## GET /metrics, read with Prometheus' own parser
	scripts/check-metrics

fuzz: ## everything that reads foreign bytes; MINUTES=1 for each target
	MINUTES=$(or $(MINUTES),1) scripts/fuzz

sanitize: ## the suite under the thread and the address sanitizer; many minutes
	scripts/sanitize

attack: build ## the attacks of docs/SECURITY.md; RIVALS=1 beside three other servers
	scripts/attack $(if $(RIVALS),--rivals)

clean:
	rm -rf .build
