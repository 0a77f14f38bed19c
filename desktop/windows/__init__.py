"""Whole windows."""
