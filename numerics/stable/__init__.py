"""Cancellation-free loss, gradient and Hessian of a batch of networks in binary64."""
